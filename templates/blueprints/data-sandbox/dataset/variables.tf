variable "environment_id" {
  type        = string
  description = "Names the folder of the files and the last part of their address."

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.environment_id))
    error_message = "The id may hold letters, digits, - and _ alone: it becomes a folder that is removed as a whole."
  }
}

variable "format" {
  type = string

  validation {
    condition     = contains(["csv", "jsonl"], var.format)
    error_message = "The format is csv or jsonl."
  }
}

variable "customers" {
  type = number
}

variable "orders" {
  type = number
}

variable "seed" {
  type = number
}

variable "greenroom_sites_directory" {
  type        = string
  description = "Where sandbox environments may write; given by the portal."
}

variable "greenroom_sites_url" {
  type        = string
  description = "Where the portal serves that folder; given by the portal."
}
