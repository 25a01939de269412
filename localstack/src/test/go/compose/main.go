// Command compose says what Docker Compose would make of a file, a line for each thing, as the
// specification's own loader reads it.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

func main() {
	if err := show(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func show(file string) error {
	options, err := cli.NewProjectOptions([]string{file}, cli.WithName("mooring"))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	for _, name := range project.ServiceNames() {
		tell(name, project.Services[name])
	}
	return nil
}

func tell(name string, service types.ServiceConfig) {
	fmt.Println("image", name, service.Image)
	for _, port := range service.Ports {
		fmt.Println("port", name, port.HostIP, port.Published, port.Target)
	}
	for _, volume := range service.Volumes {
		fmt.Println("mount", name, volume.Type, volume.Source, volume.Target, volume.ReadOnly)
	}
	for key, value := range service.Environment {
		fmt.Println("told", name, key, *value)
	}
	if service.HealthCheck != nil {
		fmt.Println("healthy", name, service.HealthCheck.Test)
	}
}
