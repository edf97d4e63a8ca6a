resource "terraform_data" "nothing" {
  count = 3
  input = count.index
}
