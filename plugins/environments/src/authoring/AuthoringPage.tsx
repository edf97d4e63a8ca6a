import { Button, Skeleton } from '@backstage/ui';
import { BlueprintSource } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { AskDialog } from './AskDialog';
import { forget, readKept } from './kept';
import { useBeginning } from './useBeginning';
import { Workshop } from './Workshop';

/** Where a platform engineer writes a blueprint: a new one, or the next version of one. */
export default function AuthoringPage() {
  const { name } = useParams();
  const [parameters] = useSearchParams();
  const paths = usePaths();
  const beginning = useBeginning(name, parameters.get('version'));
  const title = name ? `Edit ${beginning.title ?? name}` : 'New blueprint';
  const id = name ?? 'new';

  return (
    <PageFrame
      title={title}
      breadcrumbs={[
        { label: 'Blueprints', href: paths.blueprints() },
        ...(name ? [{ label: name, href: paths.blueprint(name) }] : []),
        {
          label: name ? 'Edit' : 'New',
          href: name ? paths.editBlueprint(name) : paths.newBlueprint(),
        },
      ]}
    >
      {beginning.source && (
        <Begun
          key={id}
          id={id}
          title={title}
          version={name && beginning.version}
          source={beginning.source}
        />
      )}
      {!beginning.source && (
        <>
          <PageTitle title={title} />
          {beginning.isEmpty && (
            <Notice title="There is no version to begin from">
              None of its versions could be read yet.
            </Notice>
          )}
          {Boolean(beginning.error) && (
            <Failure
              error={beginning.error}
              what="The blueprint could not be read"
              onRetry={beginning.retry}
            />
          )}
          {!beginning.isEmpty && !beginning.error && (
            <div aria-busy="true">
              <Skeleton width="100%" height={520} />
            </div>
          )}
        </>
      )}
    </PageFrame>
  );
}

/** What was written before goes on; else it begins from what is given. */
function Begun(props: {
  id: string;
  title: string;
  version?: string;
  source: BlueprintSource;
}) {
  const { id, title, version, source } = props;
  const [kept, setKept] = useState(() => readKept(id));
  const [begun, setBegun] = useState(0);
  const [asking, setAsking] = useState(false);
  const [first] = useState(source);
  const from = version ? `version ${version}` : 'a small one that is right';
  return (
    <>
      <PageTitle
        title={title}
        answer={
          kept
            ? 'You go on with what you wrote before in this browser.'
            : `It begins from ${from}. Nothing reaches others before you publish it.`
        }
        actions={
          <Button variant="secondary" onPress={() => setAsking(true)}>
            Begin again…
          </Button>
        }
      />
      {asking && (
        <AskDialog
          title={`Begin again from ${from}`}
          keep="Go on writing"
          onAct={() => {
            forget(id);
            setKept(undefined);
            setBegun(begun + 1);
          }}
          onClose={() => setAsking(false)}
        >
          What you wrote here and did not publish is lost.
        </AskDialog>
      )}
      <Workshop key={begun} id={id} beginning={kept ?? first} />
    </>
  );
}
