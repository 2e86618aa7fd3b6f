/** A CI server that another plugin adds, by what is public alone. */
package io.jenkins.plugins.deployfirst.extending;
