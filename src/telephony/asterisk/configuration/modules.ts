// The modules that the centre's Asterisk loads, one by one: a start under a second and nothing there that is not used.
// A module that is missing shows itself only when it is wanted (a silent prompt, a call that ends at a line of the
// dialplan), so a module goes out of this list only with a call heard afterwards.

const modules = [
  // Storage, timing, HTTP.
  'res_sorcery_config',
  'res_sorcery_memory',
  'res_sorcery_astdb',
  'res_timing_timerfd',
  'res_crypto',
  'res_curl',
  'res_http_websocket',
  'res_websocket_client',
  // Sound.
  'res_srtp',
  'res_rtp_asterisk',
  'res_musiconhold',
  'res_format_attr_opus',
  'codec_alaw',
  'codec_ulaw',
  'codec_a_mu',
  'codec_g722',
  'codec_resample',
  'codec_opus_open_source',
  'format_pcm',
  'format_sln',
  'format_wav',
  // Bridges.
  'bridge_simple',
  'bridge_native_rtp',
  'bridge_softmix',
  'chan_bridge_media',
  // SIP.
  'res_pjproject',
  'res_pjsip',
  'res_pjsip_session',
  'res_pjsip_pubsub',
  'res_pjsip_acl',
  'res_pjsip_authenticator_digest',
  'res_pjsip_caller_id',
  'res_pjsip_dtmf_info',
  'res_pjsip_diversion',
  'res_pjsip_endpoint_identifier_ip',
  'res_pjsip_endpoint_identifier_user',
  'res_pjsip_nat',
  'res_pjsip_path',
  'res_pjsip_registrar',
  'res_pjsip_rfc3326',
  'res_pjsip_sdp_rtp',
  'res_pjsip_transport_websocket',
  'chan_pjsip',
  // The application.
  'res_stasis',
  'res_stasis_answer',
  'res_stasis_playback',
  'res_stasis_recording',
  'res_stasis_snoop',
  'app_stasis',
  'res_ari',
  'res_ari_model',
  'res_ari_applications',
  'res_ari_asterisk',
  'res_ari_bridges',
  'res_ari_channels',
  'res_ari_endpoints',
  'res_ari_events',
  'res_ari_playbacks',
  'res_ari_recordings',
  'res_ari_sounds',
  // What the dialplan says.
  'pbx_config',
  'app_dial',
  'func_callerid',
  'func_channel',
  'func_curl',
  'func_cut',
  'func_hangupcause',
  'func_logic',
  'func_strings',
] as const;

export function renderModules(more: readonly string[] = []): string {
  const loads = [...modules, ...more].map((module) => `load = ${module}.so`);
  return ['[modules]', 'autoload = no', ...loads, ''].join('\n');
}
