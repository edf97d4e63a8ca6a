locals {
  folder = "${trimsuffix(var.greenroom_sites_directory, "/")}/${var.environment_id}"

  # Titles and names come from people: none of their characters may become markup.
  escaped = {
    for name, value in {
      title       = var.title
      environment = var.environment_name
      owner       = var.owner
      component   = var.component
    } :
    name => replace(replace(replace(replace(replace(value, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "\"", "&quot;"), "'", "&#39;")
  }

  # Each pair: on a white page, and on a dark one. Text on either has a contrast of 4.5:1 and more.
  colours = {
    forest = { light = "#1f6b3a", dark = "#8ad6a4" }
    ocean  = { light = "#1b5f8c", dark = "#8cc8ee" }
    plum   = { light = "#7a2e6e", dark = "#e3a6d8" }
    ember  = { light = "#a03c14", dark = "#f3b08f" }
    slate  = { light = "#43525f", dark = "#b9c7d3" }
  }

  numbers = [for index in range(var.pages) : index + 1]
}

# The folder belongs to this environment alone, so it goes as a whole: with a file that somebody
# changed by hand, which Terraform no longer takes for its own, and without an empty rest.
resource "terraform_data" "folder" {
  input = local.folder

  provisioner "local-exec" {
    when        = destroy
    command     = "rm -rf -- \"$SITE_FOLDER\""
    environment = { SITE_FOLDER = self.input }
  }
}

resource "local_file" "style" {
  depends_on = [terraform_data.folder]

  filename             = "${local.folder}/style.css"
  content              = templatefile("${path.module}/style.css.tftpl", local.colours[var.colour])
  file_permission      = "0644"
  directory_permission = "0755"
}

resource "local_file" "page" {
  for_each   = { for number in local.numbers : tostring(number) => number }
  depends_on = [terraform_data.folder]

  filename = "${local.folder}/page-${each.key}.html"
  content = templatefile("${path.module}/page.html.tftpl", merge(local.escaped, {
    number  = each.value
    numbers = local.numbers
  }))
  file_permission      = "0644"
  directory_permission = "0755"
}

# Stands in for what takes its time in a real environment, a certificate or a DNS name:
# the first page appears when everything else is there.
resource "time_sleep" "certificate" {
  depends_on = [local_file.style, local_file.page]

  create_duration = "5s"
}

resource "local_file" "index" {
  depends_on = [time_sleep.certificate]

  filename = "${local.folder}/index.html"
  content = templatefile("${path.module}/index.html.tftpl", merge(local.escaped, {
    numbers = local.numbers
  }))
  file_permission      = "0644"
  directory_permission = "0755"
}
