/** Every text of the workbench, one file an area. Labels of codes come from the server. */
import admin from './admin'
import assessment from './assessment'
import cases from './case'
import common from './common'
import complaint from './complaint'
import consult from './consult'
import desk from './desk'
import discharge from './discharge'
import door from './door'
import event from './event'
import figures from './figures'
import followup from './followup'
import home from './home'
import homeservice from './homeservice'
import message from './message'
import notice from './notice'
import overview from './overview'
import partner from './partner'
import prescription from './prescription'
import privacy from './privacy'
import referral from './referral'
import report from './report'
import resident from './resident'
import sign from './sign'
import team from './team'
import today from './today'
import transfer from './transfer'

export default {
  ...admin,
  ...assessment,
  ...cases,
  ...common,
  ...complaint,
  ...consult,
  ...desk,
  ...discharge,
  ...door,
  ...event,
  ...figures,
  ...followup,
  ...home,
  ...homeservice,
  ...message,
  ...notice,
  ...overview,
  ...partner,
  ...prescription,
  ...privacy,
  ...referral,
  ...report,
  ...resident,
  ...sign,
  ...team,
  ...today,
  ...transfer,
}
