import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import {
  GeneratorBase,
  TechdocsGenerator,
  techdocsGeneratorExtensionPoint,
} from '@backstage/plugin-techdocs-node';

/** Documentation was asked for on a machine that has nothing to build it with. */
export class MkdocsMissingError extends ServiceUnavailableError {
  readonly code = 'mkdocs-missing';

  constructor() {
    super(
      'MkDocs is not installed here, so documentation pages are not built; everything else works. ' +
        'Install Python 3 and start the portal by ./greenroom start, which installs MkDocs in the background, or put mkdocs with mkdocs-techdocs-core on the PATH of the backend.',
    );
  }
}

/** Upstream's generator, which answers a missing MkDocs with `spawn mkdocs ENOENT`, in words. */
export function inWords(generator: GeneratorBase): GeneratorBase {
  return {
    async run(options) {
      try {
        await generator.run(options);
      } catch (error) {
        throw isError(error) && /spawn mkdocs ENOENT/.test(error.message)
          ? new MkdocsMissingError()
          : error;
      }
    },
  };
}

export const techdocsGenerator = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'generator-in-words',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        techdocs: techdocsGeneratorExtensionPoint,
      },
      async init({ config, logger, techdocs }) {
        techdocs.setTechdocsGenerator(
          inWords(TechdocsGenerator.fromConfig(config, { logger })),
        );
      },
    });
  },
});
