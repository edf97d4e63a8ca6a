locals {
  folder  = "${trimsuffix(var.greenroom_sites_directory, "/")}/${var.environment_id}"
  address = "${trimsuffix(var.greenroom_sites_url, "/")}/${var.environment_id}"

  first_names = ["Ada", "Bruno", "Chidi", "Dilara", "Emil", "Freya", "Goran", "Hana", "Ines", "Jonas", "Kofi"]
  last_names  = ["Abel", "Brandt", "Costa", "Dietz", "Eriksen", "Fontaine", "Garcia", "Horvat", "Ito"]
  countries   = ["DE", "FR", "GB", "JP", "NG", "PT", "US"]
  statuses    = ["open", "paid", "shipped", "returned"]

  # Primes spread the numbers: what looks random is the same for the same seed.
  customers = [
    for index in range(var.customers) : {
      id      = index + 1
      name    = "${local.first_names[(index * 7 + var.seed) % 11]} ${local.last_names[(index * 5 + var.seed * 3) % 9]}"
      country = local.countries[(index * 3 + var.seed) % 7]
    }
  ]
  orders = [
    for index in range(var.orders) : {
      id       = index + 1
      customer = (index * 7919 + var.seed * 31) % var.customers + 1
      status   = local.statuses[(index * 13 + var.seed) % 4]
      cents    = 500 + (index * 6007 + var.seed * 97) % 49500
    }
  ]

  tables = {
    customers = { columns = ["id", "name", "country"], rows = local.customers }
    orders    = { columns = ["id", "customer", "status", "cents"], rows = local.orders }
  }

  # No value holds a comma, a quote or a line break, so CSV needs no quoting.
  texts = {
    for name, table in local.tables : name => var.format == "csv" ? join("\n", concat(
      [join(",", table.columns)],
      [for row in table.rows : join(",", [for column in table.columns : row[column]])],
      [""],
    )) : join("", [for row in table.rows : "${jsonencode(row)}\n"])
  }
}

# The folder belongs to this environment alone, so it goes as a whole: with a file that somebody
# changed by hand, which Terraform no longer takes for its own, and without an empty rest.
resource "terraform_data" "folder" {
  input = local.folder

  provisioner "local-exec" {
    when        = destroy
    command     = "rm -rf -- \"$DATA_FOLDER\""
    environment = { DATA_FOLDER = self.input }
  }
}

resource "local_file" "table" {
  for_each   = local.texts
  depends_on = [terraform_data.folder]

  filename             = "${local.folder}/${each.key}.${var.format}"
  content              = each.value
  file_permission      = "0644"
  directory_permission = "0755"
}
