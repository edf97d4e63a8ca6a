/** How an application is, and what came of it. */
export const APPLICATION = `
syntax = "proto2";

message Application {
  optional ObjectMeta metadata = 1;
  optional ApplicationSpec spec = 2;
  optional ApplicationStatus status = 3;
  optional Operation operation = 4;
}
message ApplicationList {
  optional ListMeta metadata = 1;
  repeated Application items = 2;
}
message ApplicationWatchEvent {
  optional string type = 1;
  optional Application application = 2;
}
message ApplicationStatus {
  repeated ResourceStatus resources = 1;
  optional SyncStatus sync = 2;
  optional HealthStatus health = 3;
  repeated RevisionHistory history = 4;
  repeated ApplicationCondition conditions = 5;
  optional Time reconciledAt = 6;
  optional OperationState operationState = 7;
  optional string sourceType = 9;
  optional ApplicationSummary summary = 10;
  repeated string sourceTypes = 12;
}
message ResourceStatus {
  optional string group = 1;
  optional string version = 2;
  optional string kind = 3;
  optional string namespace = 4;
  optional string name = 5;
  optional string status = 6;
  optional HealthStatus health = 7;
  optional bool requiresPruning = 9;
}
message HealthStatus { optional string status = 1; optional string message = 2; }
message SyncStatus {
  optional string status = 1;
  optional ComparedTo comparedTo = 2;
  optional string revision = 3;
  repeated string revisions = 4;
}
message ComparedTo {
  optional ApplicationSource source = 1;
  optional ApplicationDestination destination = 2;
  repeated ApplicationSource sources = 3;
}
message RevisionHistory {
  optional string revision = 2;
  optional Time deployedAt = 4;
  optional int64 id = 5;
  optional ApplicationSource source = 6;
  optional Time deployStartedAt = 7;
  repeated ApplicationSource sources = 8;
  repeated string revisions = 9;
  optional OperationInitiator initiatedBy = 10;
}
message ApplicationCondition {
  optional string type = 1;
  optional string message = 2;
  optional Time lastTransitionTime = 3;
}
message ApplicationSummary {
  repeated string externalURLs = 1;
  repeated string images = 2;
}

message Operation {
  optional SyncOperation sync = 1;
  optional OperationInitiator initiatedBy = 2;
  repeated Info info = 3;
}
message OperationInitiator {
  optional string username = 1;
  optional bool automated = 2;
}
message SyncOperation {
  optional string revision = 1;
  optional bool prune = 2;
  optional bool dryRun = 3;
  optional ApplicationSource source = 7;
  repeated string syncOptions = 9;
  repeated ApplicationSource sources = 10;
  repeated string revisions = 11;
}
message OperationState {
  optional Operation operation = 1;
  optional string phase = 2;
  optional string message = 3;
  optional SyncOperationResult syncResult = 4;
  optional Time startedAt = 6;
  optional Time finishedAt = 7;
}
message SyncOperationResult {
  repeated ResourceResult resources = 1;
  optional string revision = 2;
  optional ApplicationSource source = 3;
  repeated string revisions = 5;
}
message ResourceResult {
  optional string group = 1;
  optional string version = 2;
  optional string kind = 3;
  optional string namespace = 4;
  optional string name = 5;
  optional string status = 6;
  optional string message = 7;
  optional string hookType = 8;
  optional string hookPhase = 9;
  optional string syncPhase = 10;
}

message ApplicationTree {
  repeated ResourceNode nodes = 1;
  repeated ResourceNode orphanedNodes = 2;
}
message ResourceNode {
  optional ResourceRef resourceRef = 1 [(inline) = true];
  repeated ResourceRef parentRefs = 2;
  repeated string images = 6;
  optional HealthStatus health = 7;
  optional Time createdAt = 8;
}
message ResourceRef {
  optional string group = 1;
  optional string version = 2;
  optional string kind = 3;
  optional string namespace = 4;
  optional string name = 5;
  optional string uid = 6;
}
message ResourceDiff {
  optional string group = 1;
  optional string kind = 2;
  optional string namespace = 3;
  optional string name = 4;
  optional string targetState = 5;
  optional string liveState = 6;
  optional string normalizedLiveState = 9;
  optional string predictedLiveState = 10;
  optional bool modified = 12;
}
`;
