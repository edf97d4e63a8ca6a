import { JsonObject, JsonValue } from '@greenroom/plugin-environments-common';
import {
  DriverOutput,
  DriverStateAccess,
  EnvironmentDriver,
} from '../../driver';

/** A component that the contract is tried on. */
export interface ContractComponent {
  with: JsonObject;
  /** Writes the source into the folder, which exists. */
  write(folder: string): Promise<void>;
}

/** What a driver brings along to be tried. */
export interface DriverContractFixtures {
  driver: EnvironmentDriver;
  /** A component with outputs and at least one resource, made and removed within seconds. */
  good: ContractComponent & {
    outputs: Record<string, DriverOutput>;
    resources: {
      address: string;
      type: string;
      /** It exists in the state alone, so that nobody could look for it. */
      inStateOnly?: boolean;
    }[];
    /** Another `with`, under which an apply changes what exists. */
    changedWith: JsonObject;
    /** An attribute that it changes. */
    changed: {
      address: string;
      path: string;
      before: JsonValue;
      after: JsonValue;
    };
  };
  /** A component with an attribute that must not be shown. */
  secret: ContractComponent & { path: string; value: string };
  /** A component whose source is wrong, and where; the trial's sources lie in `things/one`. */
  bad: ContractComponent & { place: { file: string; line: number } };
  /** A component whose apply makes something and then fails for a reason that can be said. */
  failing: ContractComponent & { message: RegExp };
  /**
   * A component whose apply makes something, then prints a line that matches `begun`, and then
   * works on for longer than a test lasts unless it is stopped.
   */
  slow: ContractComponent & { begun: RegExp; made: string };
  /** The same of a destroy, until it is told to hurry. */
  stubborn: ContractComponent & {
    begun: RegExp;
    hurry(name: string): Promise<void>;
  };
  /** Ends the tool that works in the folder, from outside and at once. */
  kill(folder: string): Promise<void>;
  /** The same state for the same name, with new credentials at each call. */
  state(name: string): DriverStateAccess;
  /** What the state service does once the claim of a dead operation is over. */
  freeLock(name: string): void;
  /** Whether anything of that environment exists: asked of the world, not of the driver. */
  exists(name: string): Promise<boolean>;
  /** Changes the good component behind the driver's back, in a way that a system that looks after it sees. */
  drift(name: string): Promise<void>;
  /** Everything that exists, in whatever form: to see whether something changed. */
  look(): Promise<unknown>;
  cleanUp(): Promise<void>;
}

export interface DriverContractOptions {
  /** Which driver, with which tool. */
  name: string;
  /** Called before each test. */
  fixtures(): Promise<DriverContractFixtures>;
  /** Its system refuses writers by their fence. */
  heedsFence?: boolean;
  /** For each test of the file; 60 s when absent. */
  timeoutMs?: number;
}
