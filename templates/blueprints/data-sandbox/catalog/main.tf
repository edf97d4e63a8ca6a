variable "environment_id" {
  type        = string
  description = "Names the folder of the page and the last part of its address."

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.environment_id))
    error_message = "The id may hold letters, digits, - and _ alone: it becomes a folder."
  }
}

variable "environment_name" {
  type = string
}

variable "owner" {
  type        = string
  description = "Who answers for the environment, as an entity reference."
}

variable "tables" {
  type = list(object({
    name    = string
    columns = list(string)
    rows    = number
    file    = string
  }))
}

variable "greenroom_sites_directory" {
  type        = string
  description = "Where sandbox environments may write; given by the portal."
}

variable "greenroom_sites_url" {
  type        = string
  description = "Where the portal serves that folder; given by the portal."
}

locals {
  # Names come from people: none of their characters may become markup.
  escaped = {
    for name, value in { environment = var.environment_name, owner = var.owner } :
    name => replace(replace(replace(replace(replace(value, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "\"", "&quot;"), "'", "&#39;")
  }
}

resource "local_file" "page" {
  filename = "${trimsuffix(var.greenroom_sites_directory, "/")}/${var.environment_id}/index.html"
  content = templatefile("${path.module}/index.html.tftpl", merge(local.escaped, {
    tables = var.tables
  }))
  file_permission      = "0644"
  directory_permission = "0755"
}

output "url" {
  description = "The page."
  value       = "${trimsuffix(var.greenroom_sites_url, "/")}/${var.environment_id}/"
  depends_on  = [local_file.page]
}
