/** The demonstration: a good release and a bad one, on a throw-away host; knows the engine, and of the command line only {@link Audience}. */
package io.jenkins.plugins.deployfirst.cli.demo;
