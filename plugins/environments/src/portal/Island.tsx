import { QueryClientProvider } from '@tanstack/react-query';
import { ReactNode, useState } from 'react';
import { createQueryClient } from '../data/queryClient';
import { useSignalRefetch } from '../data/useSignalRefetch';
import styles from './portal.module.css';

/** A part of the portal on a page of somebody else's: it looks and stays up to date as at home. */
export function Island({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <div className={styles.island}>
        <Refreshed>{children}</Refreshed>
      </div>
    </QueryClientProvider>
  );
}

function Refreshed({ children }: { children: ReactNode }) {
  useSignalRefetch();
  return <>{children}</>;
}
