/** Why the tools do what nobody asked for in so many words; reasons not in here say little. */
const REASONS: Record<string, string> = {
  replace_because_tainted: 'it is tainted: an earlier run left it half made',
  replace_because_cannot_update: 'it can not be changed in place',
  replace_by_request: 'its replacement was asked for',
  replace_by_triggers: 'something changes that its replace_triggered_by names',
  delete_because_no_resource_config: 'the module declares it no longer',
  delete_because_no_module: 'its module is called no longer',
  delete_because_wrong_repetition: 'its count or for_each has come or gone',
  delete_because_count_index: 'the count has become smaller',
  delete_because_each_key: 'its key is in for_each no longer',
  delete_because_no_move_target: 'it was moved to where nothing is declared',
  delete_because_enabled_false: 'its `enabled` is false',
  read_because_config_unknown: 'what it asks for is known only once applied',
  read_because_dependency_pending: 'something that it depends on changes',
  read_because_check_nested: 'a check looks at it',
};

/** The tool's word for a reason, in words for people. */
export function reasonOf(actionReason: string | undefined): string | undefined {
  return actionReason && Object.hasOwn(REASONS, actionReason)
    ? REASONS[actionReason]
    : undefined;
}
