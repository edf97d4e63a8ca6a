import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  GeneratorOptions,
  GeneratorRunOptions,
  TechdocsGenerator,
  techdocsGeneratorExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { removeWebFonts } from './webFonts';

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

/** A failure to start MkDocs as {@link MkdocsMissingError}, any other as it is. */
export function inWords(error: unknown): unknown {
  return isError(error) && error.message.includes('spawn mkdocs ENOENT')
    ? new MkdocsMissingError()
    : error;
}

/** Upstream's generator, with words for what it can't do here, and pages that need no other server. */
class GeneratorInWords extends TechdocsGenerator {
  static override fromConfig(
    config: Config,
    { logger }: GeneratorOptions,
  ): GeneratorInWords {
    const scmIntegrations = ScmIntegrations.fromConfig(config);
    return new GeneratorInWords({ config, logger, scmIntegrations });
  }

  override async run(options: GeneratorRunOptions): Promise<void> {
    try {
      await super.run(options);
    } catch (error) {
      throw inWords(error);
    }
    await removeWebFonts(options.outputDir);
  }
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
          GeneratorInWords.fromConfig(config, { logger }),
        );
      },
    });
  },
});
