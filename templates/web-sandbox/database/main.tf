# Stands in for a database: its schema as a file, and a name that whoever uses it is given.
locals {
  folder = "${trimsuffix(var.greenroom_sites_directory, "/")}/${var.environment_id}"
  name   = "db-${lower(replace(substr(var.environment_id, 0, 8), "_", "-"))}"
}

# The folder belongs to this environment alone, so it goes as a whole.
resource "terraform_data" "folder" {
  input = local.folder

  provisioner "local-exec" {
    when        = destroy
    command     = "rm -rf -- \"$DATABASE_FOLDER\""
    environment = { DATABASE_FOLDER = self.input }
  }
}

resource "local_file" "schema" {
  depends_on = [terraform_data.folder]

  filename = "${local.folder}/schema.sql"
  content  = <<-SQL
    -- The database ${local.name} of ${var.environment_name}.
    CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL);
    CREATE TABLE orders (id integer PRIMARY KEY, customer integer REFERENCES customers);
  SQL

  file_permission      = "0644"
  directory_permission = "0755"
}
