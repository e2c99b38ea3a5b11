variable "name" {
  description = "The service's name, also the first label of its address"
  type        = string
}

variable "subnet" {
  description = "The range that its replicas take their addresses from"
  type        = string
}

variable "replicas" {
  description = "How many of it run"
  type        = number

  validation {
    condition     = var.replicas >= 1 && var.replicas <= 10
    error_message = "A service runs 1 to 10 replicas."
  }
}

resource "terraform_data" "service" {
  input = {
    name     = var.name
    subnet   = var.subnet
    replicas = var.replicas
  }
}

output "name" {
  description = "The service's name"
  value       = terraform_data.service.input.name
}
