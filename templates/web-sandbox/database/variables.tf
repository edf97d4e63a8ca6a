variable "environment_id" {
  type        = string
  description = "Names the folder and the database."

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{8,}$", var.environment_id))
    error_message = "The id may hold letters, digits, - and _ alone, at least eight: it becomes a folder that is removed as a whole."
  }
}

variable "environment_name" {
  type = string
}

variable "greenroom_sites_directory" {
  type        = string
  description = "Where sandbox environments may write; given by the portal."
}

variable "greenroom_sites_url" {
  type        = string
  description = "Where the portal serves that folder; given by the portal."
}
