/** What Argo CD takes from Kubernetes: names of fields as in JSON, numbers as on the wire. */
export const KUBERNETES = `
syntax = "proto2";

message Time { optional int64 seconds = 1; }
message RawExtension { optional bytes raw = 1; }
message IntOrString {
  optional int64 type = 1;
  optional int32 intVal = 2;
  optional string strVal = 3;
}
message GroupKind { optional string group = 1; optional string kind = 2; }
message ListMeta { optional string resourceVersion = 2; }
message ObjectMeta {
  optional string name = 1;
  optional string namespace = 3;
  optional string uid = 5;
  optional string resourceVersion = 6;
  optional Time creationTimestamp = 8;
  optional Time deletionTimestamp = 9;
  map<string, string> labels = 11;
  map<string, string> annotations = 12;
  repeated string finalizers = 14;
}
`;
