# The web application.

variable "subnet" {
  description = "Where it lives: an output of the stack network"
  type        = string
}

variable "zone" {
  description = "The domain it is reached under: an output of the stack dns"
  type        = string
}

module "service" {
  source = "../../modules/service"

  name     = "app"
  subnet   = var.subnet
  replicas = 3
}

output "url" {
  description = "Where users find it"
  value       = "https://${module.service.name}.${var.zone}"
}
