variable "name" {
  type = string
}

resource "terraform_data" "part" {
  input = var.name
}

# A second, as the least that a real resource takes.
resource "time_sleep" "part" {
  create_duration = "1s"
  depends_on      = [terraform_data.part]
}
