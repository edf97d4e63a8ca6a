variable "image" {
  type = string
}

variable "port" {
  type = number
}

variable "instances" {
  type        = number
  description = "Containers that run; 0 while paused."
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "load_balancer_security_group_id" {
  type = string
}

variable "service_security_group_id" {
  type = string
}

variable "database_host" {
  type = string
}

variable "database_secret_arn" {
  type        = string
  description = "Of the secret that holds the password."
}
