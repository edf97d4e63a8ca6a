import { Button } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { useMutation } from '@tanstack/react-query';
import { Failure } from '../feedback/Failure';
import { useCounts, useReport } from './useReports';

/** For whoever uses an environment where nobody sees it. */
export function StillInUse({ environment }: { environment: Environment }) {
  const report = useReport(environment);
  const counts = useCounts(environment);
  const telling = useMutation({
    mutationFn: () => report({ note: 'still in use', atOnce: true }),
  });
  if (!counts) return null;
  return (
    <>
      {telling.isError && (
        <Failure error={telling.error} what="The use was not noted" />
      )}
      <Button
        variant="secondary"
        isPending={telling.isPending}
        onPress={() => telling.mutate()}
      >
        Still in use
      </Button>
    </>
  );
}
