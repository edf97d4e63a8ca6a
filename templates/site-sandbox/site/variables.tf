variable "environment_id" {
  type        = string
  description = "Names the site's folder and the last part of its address."

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.environment_id))
    error_message = "The id may hold letters, digits, - and _ alone: it becomes a folder that is removed as a whole."
  }
}

variable "environment_name" {
  type        = string
  description = "The environment, as people call it."
}

variable "owner" {
  type        = string
  description = "Who answers for the environment, as an entity reference."
}

variable "title" {
  type        = string
  description = "Stands on top of every page."
}

variable "colour" {
  type        = string
  description = "The colour of the site."

  validation {
    condition     = contains(["forest", "ocean", "plum", "ember", "slate"], var.colour)
    error_message = "The colour is one of forest, ocean, plum, ember and slate."
  }
}

variable "component" {
  type        = string
  description = "The component that the site is about, as an entity reference; empty for none."
  default     = ""
}

variable "pages" {
  type        = number
  description = "How many pages the site has beside its first one."

  validation {
    condition     = var.pages >= 1 && var.pages <= 20 && floor(var.pages) == var.pages
    error_message = "A site has 1 to 20 pages."
  }
}

# The two below are given by the platform (environments.terraform.platformVariables).

variable "greenroom_sites_directory" {
  type        = string
  description = "Where the sites lie on disk, one folder for each."

  validation {
    condition     = startswith(var.greenroom_sites_directory, "/")
    error_message = "The directory of the sites must be an absolute path: the module runs in a folder of its own."
  }
}

variable "greenroom_sites_url" {
  type        = string
  description = "Where the same sites are served."
}
