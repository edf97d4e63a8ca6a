output "url" {
  description = "The first page."
  value       = "${trimsuffix(var.greenroom_sites_url, "/")}/${var.environment_id}/"
  depends_on  = [local_file.index]
}
