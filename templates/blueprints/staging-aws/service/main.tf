resource "aws_lb" "main" {
  name               = substr(var.name, 0, 32)
  load_balancer_type = "application"
  subnets            = var.subnet_ids
  security_groups    = [var.load_balancer_security_group_id]
}

resource "aws_lb_target_group" "main" {
  name        = substr(var.name, 0, 32)
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = var.port

  health_check {
    path    = "/"
    matcher = "200-399"
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.main.arn
  }
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "/greenroom/${var.name}"
  retention_in_days = 14
}

resource "aws_ecs_cluster" "main" {
  name = var.name
}

resource "aws_ecs_task_definition" "main" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.execution.arn

  container_definitions = jsonencode([
    {
      name         = "web"
      image        = var.image
      portMappings = [{ containerPort = var.port }]
      environment = [
        { name = "PGHOST", value = var.database_host },
        { name = "PGDATABASE", value = "app" },
        { name = "PGUSER", value = "app" },
        { name = "PGSSLMODE", value = "require" },
        { name = "PORT", value = tostring(var.port) },
      ]
      secrets = [
        { name = "PGPASSWORD", valueFrom = "${var.database_secret_arn}:password::" },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.main.name
          awslogs-region        = var.region
          awslogs-stream-prefix = "web"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "main" {
  name            = var.name
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.main.arn
  launch_type     = "FARGATE"
  desired_count   = var.instances

  # An apply that ends has containers that answer.
  wait_for_steady_state = true

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.service_security_group_id]
    assign_public_ip = true
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.main.arn
    container_name   = "web"
    container_port   = var.port
  }

  depends_on = [aws_lb_listener.http, aws_iam_role_policy.secret]
}

output "url" {
  description = "Where the service is reached."
  value       = "http://${aws_lb.main.dns_name}"
}
