/** The calls that are served, each with what it is asked by and what it answers. */
export const SERVICES = [
  `
syntax = "proto2";
package application;

service ApplicationService {
  rpc List(ApplicationQuery) returns (ApplicationList);
  rpc Watch(ApplicationQuery) returns (stream ApplicationWatchEvent);
  rpc Get(ApplicationQuery) returns (Application);
  rpc Create(ApplicationCreateRequest) returns (Application);
  rpc UpdateSpec(ApplicationUpdateSpecRequest) returns (ApplicationSpec);
  rpc Patch(ApplicationPatchRequest) returns (Application);
  rpc Delete(ApplicationDeleteRequest) returns (Empty);
  rpc Sync(ApplicationSyncRequest) returns (Application);
  rpc Rollback(ApplicationRollbackRequest) returns (Application);
  rpc TerminateOperation(OperationTerminateRequest) returns (Empty);
  rpc ManagedResources(ResourcesQuery) returns (ManagedResourcesResponse);
  rpc ResourceTree(ResourcesQuery) returns (ApplicationTree);
  rpc WatchResourceTree(ResourcesQuery) returns (stream ApplicationTree);
  rpc GetManifests(ApplicationManifestQuery) returns (ManifestResponse);
}
message Empty {}
message ApplicationQuery {
  optional string name = 1;
  optional string refresh = 2;
  repeated string projects = 3;
  optional string selector = 5;
  optional string appNamespace = 7;
  repeated string project = 8;
}
message ApplicationCreateRequest {
  optional Application application = 1;
  optional bool upsert = 2;
}
message ApplicationUpdateSpecRequest {
  optional string name = 1;
  optional ApplicationSpec spec = 2;
  optional string appNamespace = 4;
  optional string project = 5;
}
message ApplicationPatchRequest {
  optional string name = 1;
  optional string patch = 2;
  optional string patchType = 3;
  optional string appNamespace = 5;
  optional string project = 6;
}
message ApplicationDeleteRequest {
  optional string name = 1;
  optional bool cascade = 2;
  optional string appNamespace = 4;
  optional string project = 5;
}
message ApplicationSyncRequest {
  optional string name = 1;
  optional string revision = 2;
  optional bool dryRun = 3;
  optional bool prune = 4;
  repeated SyncOperationResource resources = 7;
  repeated string manifests = 8;
  repeated Info infos = 9;
  optional SyncOptions syncOptions = 11;
  optional string appNamespace = 12;
  optional string project = 13;
  repeated string revisions = 15;
}
message SyncOperationResource {
  optional string group = 1;
  optional string kind = 2;
  optional string name = 3;
  optional string namespace = 4;
}
message SyncOptions { repeated string items = 1; }
message ApplicationRollbackRequest {
  optional string name = 1;
  optional int64 id = 2;
  optional bool prune = 4;
  optional string appNamespace = 6;
  optional string project = 7;
}
message OperationTerminateRequest {
  optional string name = 1;
  optional string appNamespace = 2;
  optional string project = 3;
}
message ResourcesQuery {
  optional string applicationName = 1;
  optional string namespace = 2;
  optional string name = 3;
  optional string group = 5;
  optional string kind = 6;
  optional string appNamespace = 7;
  optional string project = 8;
}
message ManagedResourcesResponse { repeated ResourceDiff items = 1; }
message ApplicationManifestQuery {
  optional string name = 1;
  optional string revision = 2;
  optional string appNamespace = 3;
  optional string project = 4;
  repeated string revisions = 6;
}
message ManifestResponse {
  repeated string manifests = 1;
  optional string revision = 4;
}
`,
  `
syntax = "proto2";
package version;

service VersionService { rpc Version(VersionQuery) returns (VersionMessage); }
message VersionQuery {}
message VersionMessage { optional string Version = 1; }
`,
  `
syntax = "proto2";
package session;

service SessionService {
  rpc GetUserInfo(GetUserInfoRequest) returns (GetUserInfoResponse);
  rpc Create(SessionCreateRequest) returns (SessionResponse);
}
message GetUserInfoRequest {}
message GetUserInfoResponse {
  optional bool loggedIn = 1;
  optional string username = 2;
  optional string iss = 3;
}
message SessionCreateRequest {
  optional string username = 1;
  optional string password = 2;
}
message SessionResponse { optional string token = 1; }
`,
  `
syntax = "proto2";
package cluster;

service SettingsService { rpc Get(SettingsQuery) returns (Settings); }
message SettingsQuery {}
message Settings {
  optional string appLabelKey = 4;
  optional string trackingMethod = 18;
  optional string controllerNamespace = 23;
}

service ClusterService { rpc List(ClusterQuery) returns (ClusterList); }
message ClusterQuery {}
message ClusterList { repeated Cluster items = 2; }
message Cluster {
  optional string server = 1;
  optional string name = 2;
  optional ConnectionState connectionState = 4;
  optional string serverVersion = 5;
  optional ClusterInfo info = 8;
}
message ClusterInfo {
  optional ConnectionState connectionState = 1;
  optional string serverVersion = 2;
}
message ConnectionState { optional string status = 1; optional string message = 2; }
`,
  `
syntax = "proto2";
package project;

service ProjectService {
  rpc List(ProjectQuery) returns (AppProjectList);
  rpc Get(ProjectQuery) returns (AppProject);
  rpc GetDetailedProject(ProjectQuery) returns (DetailedProjectsResponse);
}
message ProjectQuery { optional string name = 1; }
message AppProjectList { repeated AppProject items = 2; }
message AppProject {
  optional ObjectMeta metadata = 1;
  optional AppProjectSpec spec = 2;
}
message AppProjectSpec {
  repeated string sourceRepos = 1;
  repeated ApplicationDestination destinations = 2;
  repeated GroupKind clusterResourceWhitelist = 5;
  optional OrphanedResources orphanedResources = 7;
}
message OrphanedResources { optional bool warn = 1 [(told) = true]; }
message DetailedProjectsResponse {
  optional AppProject project = 2;
}
`,
  `
syntax = "proto2";
package repository;

service RepositoryService {
  rpc ListRepositories(RepoQuery) returns (RepositoryList);
}
message RepoQuery {}
message RepositoryList { repeated Repository items = 2; }
message Repository {
  optional string repo = 1;
  optional cluster.ConnectionState connectionState = 5;
  optional string type = 11;
}
`,
];
