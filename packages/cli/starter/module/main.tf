variable "name" {
  type        = string
  description = "Unique among living environments: for names of resources."
}

variable "greeting" {
  type = string
}

variable "loud" {
  type    = bool
  default = false
}

# Needs no provider and no account; put your own resources in its place.
resource "terraform_data" "message" {
  input = "${var.loud ? upper(var.greeting) : var.greeting}, ${var.name}"
}

output "message" {
  value = terraform_data.message.output
}
