// Sets up the Jenkins of "./demo jenkins": credentials, the environment, and a job that is built for a good and a bad commit.
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import hudson.model.ParametersAction
import hudson.model.ParametersDefinitionProperty
import hudson.model.StringParameterDefinition
import hudson.model.StringParameterValue
import io.jenkins.plugins.deployfirst.config.ComposeDefinition
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition
import io.jenkins.plugins.deployfirst.config.HealthDefinition
import io.jenkins.plugins.deployfirst.config.SshHostDefinition
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob
import org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty

def scene = new Properties()
new File(System.getenv('DEPLOY_FIRST_SCENE')).withReader('UTF-8') { scene.load(it) }

def credentials = SystemCredentialsProvider.instance
credentials.credentials.add(new BasicSSHUserPrivateKey(
        CredentialsScope.GLOBAL, 'preprod-ssh', scene.address.split('@')[0],
        new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(new File(scene.identity).text), null, 'The demo host'))
credentials.save()

def host = new SshHostDefinition(scene.address)
host.credentialsId = 'preprod-ssh'
host.knownHosts = new File(scene.knownHosts).text
def preprod = new EnvironmentDefinition('preprod', host, scene.directory)
preprod.compose = new ComposeDefinition()
preprod.compose.files = [scene.composeFile]
preprod.compose.project = scene.project
preprod.health = new HealthDefinition()
preprod.health.url = scene.site
preprod.health.contains = 'Welcome'
preprod.ci = new GitHubCiDefinition(scene.repository)
preprod.ci.apiUrl = scene.apiUrl
preprod.ci.initialDelay = '1s'
preprod.ci.interval = '2s'
DeployFirstConfiguration.get().environments = [preprod]

def job = Jenkins.get().createProject(WorkflowJob, 'shop')
job.description = 'The first build deploys a good commit, the second a bad one that CI finds out. The site: ' + scene.site
job.definition = new CpsFlowDefinition('''\
pipeline {
    agent none
    options { disableConcurrentBuilds() }
    parameters { string(name: 'SHA', description: 'The commit to deploy') }
    stages {
        stage('Preprod') {
            steps {
                deployPreprodFirst environment: 'preprod', sha: params.SHA
                watchCiAndRollback environment: 'preprod'
            }
        }
    }
}
''', true)
job.addProperty(new DisableConcurrentBuildsJobProperty())
job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition('SHA', scene.good, 'The commit to deploy')))
[scene.good, scene.bad].each { sha ->
    job.scheduleBuild2(0, new ParametersAction(new StringParameterValue('SHA', sha)))
    sleep 1100 // builds of one second would be merged in the queue otherwise
}
