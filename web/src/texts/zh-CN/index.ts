/** Every text of the workbench, one file an area. Labels of codes come from the server. */
import cases from './case'
import common from './common'
import door from './door'
import followup from './followup'
import overview from './overview'
import referral from './referral'
import resident from './resident'
import today from './today'

export default {
  ...cases,
  ...common,
  ...door,
  ...followup,
  ...overview,
  ...referral,
  ...resident,
  ...today,
}
