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

variable "password" {
  type      = string
  sensitive = true
}

provider "aws" {
  region = var.region
}

resource "aws_lightsail_database" "main" {
  relational_database_name = "${var.name}-db"
  availability_zone        = "${var.region}a"
  master_database_name     = "app"
  master_username          = "app"
  master_password          = var.password
  blueprint_id             = "postgres_16"
  bundle_id                = "micro_2_0"

  # Containers reach it by its public address: Lightsail's container services have no network of ours.
  publicly_accessible = true
  apply_immediately   = true

  # A sandbox: nobody wants a snapshot to pay for once it is gone.
  skip_final_snapshot = true
}

output "address" {
  description = "Host and port."
  value       = "${aws_lightsail_database.main.master_endpoint_address}:${aws_lightsail_database.main.master_endpoint_port}"
}
