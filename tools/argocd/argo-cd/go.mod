module greenroom.invalid/tools/argocd/argo-cd

go 1.25.0

require github.com/argoproj/argo-cd/v3 v3.2.11
