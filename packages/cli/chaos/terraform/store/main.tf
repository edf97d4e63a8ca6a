variable "environment_id" {
  type = string
}

variable "name" {
  type = string
}

variable "text" {
  type = string
}

variable "pause" {
  type = string
}

variable "greenroom_sites_directory" {
  type = string
}

locals {
  folder = "${trimsuffix(var.greenroom_sites_directory, "/")}/${var.environment_id}/${var.name}"
}

resource "local_file" "before" {
  filename = "${local.folder}/before.txt"
  content  = var.text
}

# What is killed is nearly always killed in here: one file is made, the other is not.
resource "time_sleep" "between" {
  create_duration  = var.pause
  destroy_duration = var.pause
  depends_on       = [local_file.before]

  triggers = {
    text = var.text
  }
}

resource "local_file" "after" {
  filename = "${local.folder}/after.txt"
  content  = "${var.text}, then"

  depends_on = [time_sleep.between]
}

output "digest" {
  value = local_file.after.id
}
