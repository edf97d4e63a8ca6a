output "name" {
  description = "What the database is called."
  value       = local.name
  depends_on  = [local_file.schema]
}

output "schema_url" {
  description = "Where its schema is to be read."
  value       = "${trimsuffix(var.greenroom_sites_url, "/")}/${var.environment_id}/schema.sql"
  depends_on  = [local_file.schema]
}
