/** The page "Deployments": every environment at a glance, and what people can do about it. */
package io.jenkins.plugins.deployfirst.overview;
