import {
  ComponentNode,
  JsonObject,
} from '@greenroom/plugin-environments-common';

/** A component as it was last applied, on its way out. */
export interface EjectedComponent {
  id: string;
  driver: string;
  /** Of its module, relative to the archive. */
  folder: string;
  blueprintVersion: string;
  uses: ComponentNode['uses'];
  /** Everything that it was given, but for what is withheld. */
  with: JsonObject;
  /** Keys of its `with` that hold a secret or were made of one. */
  withheld: string[];
}

export interface EjectedEnvironment {
  name: string;
  owner: string;
  blueprint: string;
  at: Date;
  /** Each follows what it uses. */
  components: EjectedComponent[];
  /** Declared, and never made as far as is known, or made by a release that kept too little. */
  leftOut: string[];
}
