# The public zone, and the name server that the registrar delegates it to.

variable "zone" {
  description = "The platform's public domain"
  type        = string
  default     = "example.com"
}

variable "registrar_file" {
  description = "A file outside Git that stands for the registrar: it holds the name server in use. Somebody can change it by hand, as somebody can change a cloud. Without it, the zone has the usual one"
  type        = string
  default     = null
}

locals {
  name_server = var.registrar_file == null ? "ns1.example.net" : trimspace(file(var.registrar_file))
}

resource "terraform_data" "delegation" {
  input = {
    zone        = var.zone
    name_server = local.name_server
  }
}

output "zone" {
  description = "The domain below which services get their names"
  value       = var.zone
}
