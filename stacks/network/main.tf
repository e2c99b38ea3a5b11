# The platform's private network: one range, cut into a subnet for each kind of workload.

variable "cidr" {
  description = "The range of the whole network"
  type        = string
  default     = "10.20.0.0/16"
}

resource "terraform_data" "vpc" {
  input = var.cidr
}

resource "terraform_data" "subnet" {
  for_each = { app = 1, worker = 2 }

  input = cidrsubnet(var.cidr, 8, each.value)
}

# Of the input, which a plan knows already, not of the output, which only an apply makes.
output "app_subnet" {
  description = "Where the web application lives"
  value       = terraform_data.subnet["app"].input
}

output "worker_subnet" {
  description = "Where the workers live"
  value       = terraform_data.subnet["worker"].input
}
