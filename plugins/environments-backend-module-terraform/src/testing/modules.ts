import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes files of a module into a folder that exists. */
export function moduleOf(files: Record<string, string>) {
  return async (folder: string) => {
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder, name), text);
  };
}

const VARIABLES = `
variable "directory" {
  type = string
}

variable "text" {
  type    = string
  default = "hello"
}

resource "local_file" "note" {
  filename = "\${var.directory}/note.txt"
  content  = var.text
}
`;

/** A file on disk, something without a provider, and outputs of both kinds. */
export const NOTE_MODULE = {
  'main.tf': `${VARIABLES}
resource "terraform_data" "mark" {
  input = var.text
}

output "text" {
  value = terraform_data.mark.output
}

output "secret" {
  value     = "hidden"
  sensitive = true
}
`,
};

/** Its fourth line lacks a quote. */
export const BROKEN_MODULE = {
  'main.tf': `variable "directory" {}

resource "local_file" "note" {
  filename = "note.txt
  content  = "x"
}
`,
};

/** Makes the note, then fails. */
export const FAILING_MODULE = {
  'main.tf': `${VARIABLES}
resource "terraform_data" "crowded" {
  depends_on = [local_file.note]
  provisioner "local-exec" {
    command = "exit 3"
  }
}
`,
};

/** Makes the note, then takes ten minutes. */
export const SLOW_MODULE = {
  'main.tf': `${VARIABLES}
resource "time_sleep" "long" {
  depends_on      = [local_file.note]
  create_duration = "10m"
}
`,
};

/** A file whose content nobody is to see. */
export const SECRET_MODULE = {
  'main.tf': `
variable "directory" {
  type = string
}

variable "password" {
  sensitive = true
}

resource "local_file" "keeper" {
  filename = "\${var.directory}/keeper.txt"
  content  = var.password
}
`,
};

/** Name of the file that lets the stubborn module go. */
export const HURRY = 'hurry';

/** Takes ten minutes to be destroyed, unless it is told to hurry. */
export const STUBBORN_MODULE = {
  'main.tf': `
variable "directory" {
  type = string
}

resource "terraform_data" "stubborn" {
  input = var.directory
  provisioner "local-exec" {
    when    = destroy
    command = "test -e \${self.input}/${HURRY} || { echo begun; exec sleep 600; }"
  }
}
`,
};
