output "customers_url" {
  description = "The file of customers."
  value       = "${local.address}/customers.${var.format}"
  depends_on  = [local_file.table]
}

output "orders_url" {
  description = "The file of orders."
  value       = "${local.address}/orders.${var.format}"
  depends_on  = [local_file.table]
}

output "tables" {
  description = "What is in the files: name, columns, number of rows, file."
  value = [
    for name, table in local.tables : {
      name    = name
      columns = table.columns
      rows    = length(table.rows)
      file    = "${name}.${var.format}"
    }
  ]
}
