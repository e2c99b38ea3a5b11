# The workers behind the web application's queue.

variable "subnet" {
  description = "Where they live: an output of the stack network"
  type        = string
}

module "service" {
  source = "../../modules/service"

  name     = "worker"
  subnet   = var.subnet
  replicas = 2
}
