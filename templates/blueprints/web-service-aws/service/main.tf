terraform {
  required_version = ">= 1.8"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40.0, < 7.0.0"
    }
  }
}

variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "size" {
  type        = string
  description = "The power of the one node: nano, micro, small."
}

variable "image" {
  type = string
}

variable "port" {
  type = number
}

variable "database_address" {
  type        = string
  description = "Host and port."
}

variable "database_password" {
  type      = string
  sensitive = true
}

variable "paused" {
  type        = bool
  description = "Keep the service and its address, and run nothing."
}

provider "aws" {
  region = var.region
}

resource "aws_lightsail_container_service" "main" {
  name        = var.name
  power       = var.size
  scale       = 1
  is_disabled = var.paused
}

resource "aws_lightsail_container_service_deployment_version" "main" {
  count = var.paused ? 0 : 1

  service_name = aws_lightsail_container_service.main.name

  container {
    container_name = "web"
    image          = var.image

    environment = {
      DATABASE_URL = "postgres://app:${var.database_password}@${var.database_address}/app?sslmode=require"
      PORT         = tostring(var.port)
    }

    ports = {
      (tostring(var.port)) = "HTTP"
    }
  }

  public_endpoint {
    container_name = "web"
    container_port = var.port

    health_check {
      path = "/"
    }
  }
}

output "url" {
  description = "Where the service is reached."
  value       = aws_lightsail_container_service.main.url
}
