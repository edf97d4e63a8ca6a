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
  type        = string
  description = "Unique among living environments: for names of resources."
}

variable "region" {
  type = string
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { environment = var.name }
  }
}
