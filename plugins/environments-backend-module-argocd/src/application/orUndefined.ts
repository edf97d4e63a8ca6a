import { ArgocdNotFoundError } from '@greenroom/plugin-argocd-node';

/** What is asked for; undefined where there is none. */
export async function orUndefined<T>(
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ArgocdNotFoundError) return undefined;
    throw error;
  }
}
