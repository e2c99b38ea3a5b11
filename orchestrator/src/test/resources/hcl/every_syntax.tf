# Every piece of syntax that Terraform has, in one file; it is only ever read, never applied.
// A comment of the second kind
/* and one of the third,
   over two lines { " */

terraform {
  required_version = "~> 1.5"
}

variable "größe" {
  type        = object({ a = optional(string, "x}"), b = list(number) })
  description = "quotes \" and \\ and \t and $${not} and %%{not} and ünïcode \u00e9"
  validation {
    condition     = length(var.größe.b) > 0 && !contains(var.größe.b, -1) || var.größe.a == "}"
    error_message = "No \"${join(", ", [for n in var.größe.b : "<${n}>" if n >= 0])}\" allowed."
  }
}

locals {
  empty_list   = []
  empty_object = {}
  big          = 1.5e+10
  negative     = -3
  nothing      = null
  splat        = terraform_data.one[*].output
  old_splat    = terraform_data.one.*.output
  old_index    = terraform_data.one.0.output
  conditional  = var.größe.a == null ? "a" : "b"
  grouped      = { for k, v in { a = 1 } : k => v... }
  spread       = max([1, 2]...)
  in_parentheses = (
    1 + 2 *
    3
  )
  by_key = {
    (var.größe.a) = 1
    "quoted"      = 2, plain : 3
    nested        = { list = [{ x = 1 }, { y = [2, 3, ], },] } # trailing commas
  }
  heredoc = <<EOT
  text with "quotes" { and } and EOT inside
  ${join("}", ["${"}"}", upper("EOT")])}
  %{for x in ["a", "b"]~}
  ${~x~}
  %{endfor~}
  $${not}
EOT
  indented = [<<-EOT
    first ${path.module}
    EOT
    , "second"
  ]
  from_file = templatefile("${path.module}/a/${var.größe.a}.tftpl", { text = <<X
inner
X
  })
}

resource "terraform_data" "one" {
  count = 1
  input = "${path.module}/x"

  lifecycle { ignore_changes = all }
  provisioner "local-exec" {
    command = "echo '{' # not a comment"
  }
}
