# The public zone, and the name server that it is delegated to.

variable "zone" {
  description = "The platform's public domain"
  type        = string
  default     = "example.com"
}

variable "provider_file" {
  description = "A file outside Git that stands for the DNS provider, as a data source would: it names the server that answers for the zone. Without it, that is the usual one"
  type        = string
  default     = null
}

locals {
  name_server = var.provider_file == null ? "ns1.example.net" : trimspace(file(var.provider_file))
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
