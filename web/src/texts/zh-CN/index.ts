/** Every text of the workbench, one file an area. Labels of codes come from the server. */
import cases from './case'
import common from './common'
import door from './door'
import followup from './followup'
import overview from './overview'
import referral from './referral'
import resident from './resident'
import today from './today'
import complaint from './complaint'
import homeservice from './homeservice'
import prescription from './prescription'
import consult from './consult'
import discharge from './discharge'
import event from './event'
import home from './home'
import partner from './partner'
import privacy from './privacy'
import sign from './sign'

export default {
  ...cases,
  ...common,
  ...door,
  ...followup,
  ...overview,
  ...referral,
  ...resident,
  ...today,
  ...complaint,
  ...homeservice,
  ...prescription,
  ...consult,
  ...discharge,
  ...event,
  ...home,
  ...partner,
  ...privacy,
  ...sign,
}
