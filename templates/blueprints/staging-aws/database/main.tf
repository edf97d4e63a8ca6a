variable "instance_class" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "security_group_id" {
  type = string
}

resource "aws_db_subnet_group" "main" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_db_instance" "main" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = "16"
  instance_class = var.instance_class

  db_name  = "app"
  username = "app"
  # AWS makes the password and keeps it in Secrets Manager: it is in no state and in no plan.
  manage_master_user_password = true

  allocated_storage     = 20
  max_allocated_storage = 200
  storage_type          = "gp3"
  storage_encrypted     = true

  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [var.security_group_id]

  backup_retention_period = 7
  apply_immediately       = true

  # Staging: its data comes from elsewhere and goes with it.
  skip_final_snapshot = true
}

output "host" {
  value = aws_db_instance.main.address
}

output "secret_arn" {
  description = "Of the secret that holds the password; not the password."
  value       = aws_db_instance.main.master_user_secret[0].secret_arn
}
