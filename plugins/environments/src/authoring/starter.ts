import { BlueprintSource } from '@greenroom/plugin-environments-common';
import { writeText } from './files';

const TEXT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata:
  name: my-blueprint
  title: My blueprint
  description: What people get, in one or two sentences.
  tags: [sandbox]
spec:
  type: sandbox
  owner: group:default/platform
  lifecycle: experimental
  # Once published, a version never changes: raise it with each change.
  version: 0.1.0
  inputs:
    type: object
    required: [greeting]
    properties:
      greeting:
        type: string
        title: Greeting
        minLength: 1
        maxLength: 60
        default: Hello
  components:
    message:
      driver: terraform
      source: ./module
      with:
        name: \${{ environment.slug }}
        greeting: \${{ inputs.greeting }}
  outputs:
    message:
      title: What was said
      value: \${{ components.message.outputs.message }}
  examples:
    - name: usual
      description: As the form suggests it
      inputs: { greeting: Hello }
  ttl: { default: 2h, max: 7d, warnBefore: [30m], onExpiry: destroy }
`;

const MODULE = `variable "name" {
  type = string
}

variable "greeting" {
  type = string
}

# It needs no provider and no account; put what you really want in its place.
resource "terraform_data" "message" {
  input = "\${var.greeting} from \${var.name}"
}

output "message" {
  value = terraform_data.message.output
}
`;

/** A small blueprint that is right, to begin a new one from. */
export function starter(): BlueprintSource {
  return { document: TEXT, files: { 'module/main.tf': writeText(MODULE) } };
}
