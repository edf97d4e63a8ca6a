/** What an application is to be. Fields with `(told)` say something when they are empty, too. */
export const SPECIFICATION = `
syntax = "proto2";

message ApplicationSpec {
  optional ApplicationSource source = 1;
  optional ApplicationDestination destination = 2;
  optional string project = 3;
  optional SyncPolicy syncPolicy = 4;
  repeated ResourceIgnoreDifferences ignoreDifferences = 5;
  repeated Info info = 6;
  optional int64 revisionHistoryLimit = 7 [(told) = true];
  repeated ApplicationSource sources = 8;
}
message ApplicationDestination {
  optional string server = 1;
  optional string namespace = 2;
  optional string name = 3;
}
message Info { optional string name = 1; optional string value = 2; }
message ResourceIgnoreDifferences {
  optional string group = 1;
  optional string kind = 2;
  optional string name = 3;
  optional string namespace = 4;
  repeated string jsonPointers = 5;
  repeated string jqPathExpressions = 6;
  repeated string managedFieldsManagers = 7;
}

message SyncPolicy {
  optional SyncPolicyAutomated automated = 1;
  repeated string syncOptions = 2;
  optional RetryStrategy retry = 3;
  optional ManagedNamespaceMetadata managedNamespaceMetadata = 4;
}
message SyncPolicyAutomated {
  optional bool prune = 1;
  optional bool selfHeal = 2;
  optional bool allowEmpty = 3;
  optional bool enabled = 4 [(told) = true];
}
message RetryStrategy {
  optional int64 limit = 1;
  optional Backoff backoff = 2;
  optional bool refresh = 3;
}
message Backoff {
  optional string duration = 1;
  optional int64 factor = 2 [(told) = true];
  optional string maxDuration = 3;
}
message ManagedNamespaceMetadata {
  map<string, string> labels = 1;
  map<string, string> annotations = 2;
}

message ApplicationSource {
  optional string repoURL = 1;
  optional string path = 2;
  optional string targetRevision = 4;
  optional ApplicationSourceHelm helm = 7;
  optional ApplicationSourceKustomize kustomize = 8;
  optional ApplicationSourceDirectory directory = 10;
  optional string chart = 12;
  optional string ref = 13;
  optional string name = 14;
}
message ApplicationSourceDirectory {
  optional bool recurse = 1;
  optional string exclude = 3;
  optional string include = 4;
}
message ApplicationSourceHelm {
  repeated string valueFiles = 1;
  repeated HelmParameter parameters = 2;
  optional string releaseName = 3;
  optional string values = 4;
  repeated HelmFileParameter fileParameters = 5;
  optional string version = 6;
  optional bool passCredentials = 7;
  optional bool ignoreMissingValueFiles = 8;
  optional bool skipCrds = 9;
  optional RawExtension valuesObject = 10;
  optional string namespace = 11;
  optional string kubeVersion = 12;
  repeated string apiVersions = 13;
  optional bool skipTests = 14;
  optional bool skipSchemaValidation = 15;
}
message HelmParameter {
  optional string name = 1;
  optional string value = 2;
  optional bool forceString = 3;
}
message HelmFileParameter { optional string name = 1; optional string path = 2; }
message ApplicationSourceKustomize {
  optional string namePrefix = 1;
  optional string nameSuffix = 2;
  repeated string images = 3;
  map<string, string> commonLabels = 4;
  optional string version = 5;
  map<string, string> commonAnnotations = 6;
  optional bool forceCommonLabels = 7;
  optional bool forceCommonAnnotations = 8;
  optional string namespace = 9;
  optional bool commonAnnotationsEnvsubst = 10;
  repeated KustomizeReplica replicas = 11;
  repeated KustomizePatch patches = 12;
  repeated string components = 13;
  optional bool labelWithoutSelector = 14;
  optional string kubeVersion = 15;
  repeated string apiVersions = 16;
  optional bool ignoreMissingComponents = 17;
  optional bool labelIncludeTemplates = 18;
}
message KustomizeReplica {
  optional string name = 1;
  optional IntOrString count = 2;
}
message KustomizePatch {
  optional string path = 1;
  optional string patch = 2;
  optional KustomizeSelector target = 3;
  map<string, bool> options = 4;
}
message KustomizeSelector {
  optional KustomizeResId resId = 1;
  optional string annotationSelector = 2;
  optional string labelSelector = 3;
}
message KustomizeResId {
  optional KustomizeGvk gvk = 1;
  optional string name = 2;
  optional string namespace = 3;
}
message KustomizeGvk {
  optional string group = 1;
  optional string version = 2;
  optional string kind = 3;
}
`;
